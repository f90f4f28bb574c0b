// Which rows the chart is made of: its conditions as chips, a dialog for a new one, and the way to the rows.
import { ActionIcon, Button } from "@mantine/core";
import { IconFilter, IconTable, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { t } from "../../text";
import { FilterDialog } from "../datasets/FilterDialog";
import { inWords } from "../datasets/filters";
import type { ChartErrors } from "./problems";
import type { Column, Condition } from "./types";

interface Props {
  dataset: string;
  columns: Column[];
  profile: Schemas["Profile"] | undefined;
  filter: Condition[];
  errors: ChartErrors["filter"];
  /** Absent for those who may only look. */
  onChange?: (filter: Condition[]) => void;
}

export function ChartFilter({ dataset, columns, profile, filter, errors, onChange }: Props) {
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="grid-bar chart-filter">
      {onChange && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFilter size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t("grid.filter")}
        </Button>
      )}
      {filter.map((condition, at) => {
        const error = errors.find((one) => one.at === at);
        return (
          <span key={inWords(condition)} className="chip" data-wrong={error && true}>
            {inWords(condition)}
            {error && <span className="well-error">{error.detail}</span>}
            {onChange && (
              <ActionIcon
                size="xs"
                variant="transparent"
                color="gray"
                aria-label={t("grid.filter.remove", { filter: inWords(condition) })}
                onClick={() => onChange(filter.filter((_, other) => other !== at))}
              >
                <IconX size={12} />
              </ActionIcon>
            )}
          </span>
        );
      })}
      {onChange && filter.length > 1 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange([])}>
          {t("grid.filter.clear")}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconTable size={14} aria-hidden />}
        renderRoot={(props) => (
          <Link to="/datasets/$id" params={{ id: dataset }} search={filter.length > 0 ? { filter } : {}} {...props} />
        )}
      >
        {t("builder.showRows")}
      </Button>
      {isAsking && onChange && (
        <FilterDialog
          columns={columns}
          profile={profile}
          first=""
          onClose={() => setAsking(false)}
          onAdd={(condition) => onChange([...filter, condition])}
        />
      )}
    </div>
  );
}
