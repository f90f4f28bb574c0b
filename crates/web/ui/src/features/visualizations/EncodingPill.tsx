// One column in a well: in a word what is made of it; a press opens all that can be said about it.
import { ActionIcon, Popover } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconX } from "@tabler/icons-react";
import { t } from "../../text";
import { aggregatesOf, usualAggregate } from "./accepting";
import { useDragSource } from "./dragging";
import { EncodingForm } from "./EncodingForm";
import { TypeIcon } from "./pictures";
import { type ChartErrors, worded } from "./problems";
import type { ChartKindInfo, Column, Encoding, Slot } from "./types";

interface Props {
  kind: ChartKindInfo;
  slot: Slot;
  at: number;
  encoding: Encoding;
  columns: Column[];
  errors: ChartErrors["wells"];
  onChange: (encoding: Encoding, tag?: string) => void;
  onRemove: () => void;
}

export function EncodingPill({ kind, slot, at, encoding, columns, errors, onChange, onRemove }: Props) {
  const source = useDragSource({ encoding, from: { channel: slot.channel, at } });
  const column = columns.find(({ name }) => name === encoding.column);
  const name = encoding.column ?? t("builder.rows");
  const told = toldOf(encoding, slot, column);
  return (
    <div className="pill-row">
      <div className="pill" data-wrong={errors.length > 0 || undefined} {...source}>
        <Popover width={280} position="bottom-start" shadow="md" trapFocus returnFocus withinPortal>
          <Popover.Target>
            <button type="button" className="pill-name" title={name}>
              {column && <TypeIcon type={column.type} />}
              <span className="column-name">{name}</span> <span className="pill-told">{told}</span>
              <span className="sr">{t("builder.settings")}</span>
              <IconAdjustmentsHorizontal size={14} aria-hidden className="pill-sign" />
            </button>
          </Popover.Target>
          <Popover.Dropdown aria-label={name} className="encoding-form">
            <EncodingForm
              kind={kind}
              slot={slot}
              encoding={encoding}
              column={column}
              errors={errors}
              onChange={onChange}
            />
          </Popover.Dropdown>
        </Popover>
        <ActionIcon
          size={24}
          variant="transparent"
          color="gray"
          aria-label={t("builder.remove", { name, channel: t(`channel.${slot.channel}`) })}
          onClick={onRemove}
        >
          <IconX size={14} />
        </ActionIcon>
      </div>
      {errors.map(({ field, detail }) => (
        <p key={field} className="well-error" role="alert">
          {worded(detail)}
        </p>
      ))}
    </div>
  );
}

/** "sum", "by month", "20 classes": what is done with the column. */
export function toldOf(encoding: Encoding, slot: Slot, column: Column | undefined): string {
  const parts: string[] = [];
  const aggregate = encoding.aggregate ?? usualAggregate(slot, column);
  if (aggregate && (encoding.column || aggregatesOf(column).length > 1)) parts.push(t(`aggregate.${aggregate}`));
  if (encoding.granularity) parts.push(t(`granularity.${encoding.granularity}`));
  const { bin } = encoding;
  if (typeof bin === "object" && "count" in bin) parts.push(t("builder.classes", { count: bin.count }));
  else if (typeof bin === "object" && "width" in bin) parts.push(t("builder.classWidth", { width: bin.width }));
  if (encoding.limit) parts.push(t("builder.first", { count: encoding.limit }));
  if (encoding.scale === "log") parts.push(t("builder.log"));
  return parts.join(", ");
}
