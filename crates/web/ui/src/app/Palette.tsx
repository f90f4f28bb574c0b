// One palette for pages, datasets and charts on Ctrl or Cmd+K; datasets are searched by the server.
import "@mantine/spotlight/styles.css";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, body } from "../api/client";
import { useUser } from "../features/session/session";
import { t } from "../text";
import { PLACES } from "./Rail";

export default function Palette() {
  // Loaded because it was asked for, so it opens at once.
  useEffect(spotlight.open, []);
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query.trim(), 150);
  const navigate = useNavigate();
  const user = useUser();
  const found = useQuery({
    queryKey: ["datasets", "palette", asked],
    queryFn: () => body(api.GET("/api/v1/datasets", { params: { query: { q: asked || undefined, limit: 8 } } })),
    enabled: asked !== "",
  });
  const places = PLACES.filter((place) => !place.adminOnly || user?.role === "admin").filter((place) =>
    place.label.toLowerCase().includes(query.trim().toLowerCase()),
  );
  const datasets = asked === "" ? [] : (found.data?.items ?? []);
  const saved = useQuery({
    queryKey: ["visualizations", "palette"],
    queryFn: () => body(api.GET("/api/v1/visualizations", { params: { query: { limit: 200 } } })),
    enabled: asked !== "",
  });
  const charts = (asked === "" ? [] : (saved.data?.items ?? []))
    .filter(({ name }) => name.toLowerCase().includes(asked.toLowerCase()))
    .slice(0, 8);
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut={["mod + K"]}>
      <Spotlight.Search placeholder={t("app.search.placeholder")} aria-label={t("app.search")} />
      <Spotlight.ActionsList>
        {places.map(({ to, label }) => (
          <Spotlight.Action key={to} label={label} onClick={() => void navigate({ to })} />
        ))}
        {datasets.map(({ id, name }) => (
          <Spotlight.Action
            key={id}
            label={name}
            description={t("place.datasets")}
            onClick={() => void navigate({ to: "/datasets/$id", params: { id }, search: {} })}
          />
        ))}
        {datasets.map(({ id, name, version }) => (
          <Spotlight.Action
            key={`chart ${id}`}
            label={t("palette.newChart", { name })}
            description={t("place.charts")}
            disabled={!version}
            onClick={() => void navigate({ to: "/datasets/$id/charts/new", params: { id }, search: {} })}
          />
        ))}
        {charts.map(({ id, name }) => (
          <Spotlight.Action
            key={id}
            label={name}
            description={t("place.charts")}
            onClick={() => void navigate({ to: "/charts/$id", params: { id }, search: {} })}
          />
        ))}
        {places.length + datasets.length + charts.length === 0 && (
          <Spotlight.Empty>{t("app.search.nothing")}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
