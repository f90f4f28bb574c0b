// The chart of a spec as it is being made: asked a moment after the last change; until its answer is there the one before
// stays, and what is wrong stands beside it.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Problem } from "../../api/problems";
import { useIsDark } from "../../app/useIsDark";
import { type ChartErrors, errorsOf } from "./problems";
import { chartQuery } from "./queries";
import { lacking } from "./spec";
import type { ChartAnswer, ChartKindInfo, ChartSpec } from "./types";

const ASK_AFTER_MS = 250;
const NOTHING_WRONG: ChartErrors = errorsOf([]);

interface Drawn {
  answer: ChartAnswer | undefined;
  errors: ChartErrors;
  /** What is wrong with the whole: no server, a chart that cannot be computed. */
  problem: Error | null;
  isBusy: boolean;
  retry: () => void;
}

export function useChart(spec: ChartSpec, kind: ChartKindInfo | undefined): Drawn {
  const theme = useIsDark() ? "dark" : "light";
  const [asked] = useDebouncedValue(spec, ASK_AFTER_MS);
  const isWhole = kind !== undefined && lacking(asked, kind).length === 0 && asked.kind === kind.name;
  const query = useQuery({ ...chartQuery(asked, theme), enabled: isWhole });
  const { error } = query;
  const errors = useMemo(
    () => (error instanceof Problem && error.fields.length > 0 ? errorsOf(error.fields) : NOTHING_WRONG),
    [error],
  );
  const isOfFields = errors !== NOTHING_WRONG && errors.others.length === 0;
  return {
    answer: query.data,
    errors,
    problem: isOfFields ? null : error,
    isBusy: query.isFetching || asked !== spec,
    retry: () => void query.refetch(),
  };
}
