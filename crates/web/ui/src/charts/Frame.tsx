// Around every chart: its title, what can be done with it, and its values as a table in its place.
import { Button } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { t } from "../text";

interface Props {
  title: ReactNode;
  subtitle?: string;
  /** The same values as a table; `null` where the chart is one. */
  table: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}

export function Frame({ title, subtitle, table, tools, children }: Props) {
  const [isTable, setTable] = useState(false);
  const heading = useId();
  return (
    <figure className="tile chart" aria-labelledby={heading}>
      <div className="chart-head">
        <div className="chart-names">
          <h2 className="chart-title" id={heading}>
            {title}
          </h2>
          {subtitle && <p className="chart-subtitle">{subtitle}</p>}
        </div>
        <div className="chart-tools">
          {tools}
          {table !== null && (
            <Button size="compact-sm" variant="subtle" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
              {isTable ? t("chart.asChart") : t("chart.asTable")}
            </Button>
          )}
        </div>
      </div>
      {isTable && table !== null ? table : children}
    </figure>
  );
}
