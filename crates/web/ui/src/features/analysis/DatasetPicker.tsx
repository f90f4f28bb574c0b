// Finds a dataset by name; the server searches.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../text";
import { datasetQuery, datasetsQuery } from "../datasets/queries";

export function DatasetPicker({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, 200);
  const chosen = useQuery({ ...datasetQuery(value ?? ""), enabled: value !== undefined }).data;
  // While the field shows the chosen name, that name is no search.
  const found = useInfiniteQuery(datasetsQuery(asked === chosen?.name ? undefined : asked || undefined, undefined));
  const ready = (found.data?.pages[0]?.items ?? []).filter(({ version }) => version);
  const choices = ready.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen && !choices.some((choice) => choice.value === chosen.id))
    choices.unshift({ value: chosen.id, label: chosen.name });
  return (
    <Select
      label={t("analysis.dataset")}
      data={choices}
      value={value ?? null}
      searchable
      allowDeselect={false}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={t("app.search.nothing")}
      onChange={(id) => id && onChange(id)}
    />
  );
}
