// Which kind of chart: all of them as signs with their names.
import { Tooltip } from "@mantine/core";
import { useId } from "react";
import { t } from "../../text";
import { KindIcon } from "./pictures";
import type { ChartKindInfo, ChartName } from "./types";

interface Props {
  kinds: ChartKindInfo[];
  value: ChartName;
  onChange: (kind: ChartKindInfo) => void;
}

export function KindPicker({ kinds, value, onChange }: Props) {
  const name = useId();
  return (
    <fieldset className="kinds">
      <legend className="builder-head">{t("builder.kind")}</legend>
      <div className="kinds-grid">
        {kinds.map((kind) => (
          <Tooltip key={kind.name} label={kind.summary.replaceAll("`", "")} openDelay={500} multiline w={240} withArrow>
            <label className="kind" data-chosen={kind.name === value || undefined}>
              <input
                type="radio"
                className="kind-input"
                name={name}
                checked={kind.name === value}
                onChange={() => onChange(kind)}
              />
              <KindIcon kind={kind.name} />
              <span>{kind.title}</span>
            </label>
          </Tooltip>
        ))}
      </div>
    </fieldset>
  );
}
