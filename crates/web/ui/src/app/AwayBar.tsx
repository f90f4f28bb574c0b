// A line above the page while the server is away and what is shown may be old.
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { t } from "../text";
import { isAway } from "./queries";

export function AwayBar() {
  const cache = useQueryClient().getQueryCache();
  const hasLost = useSyncExternalStore(
    (told) => cache.subscribe(told),
    () =>
      cache.getAll().some((query) => query.isActive() && query.state.data !== undefined && isAway(query.state.error)),
  );
  return (
    <div role="status" className="away-bar" data-shown={hasLost}>
      {hasLost && t("state.offline.old")}
    </div>
  );
}
