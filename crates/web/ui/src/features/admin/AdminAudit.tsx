// The audit log: who did what to what, from where, and how it ended; every filter stands in the address.
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState } from "../../app/states";
import { exact } from "../../format/dates";
import { t } from "../../text";
import { type AuditEvent, auditQuery } from "./queries";
import { Sign } from "./Sign";
import { UserName } from "./UserName";

const FIELDS = ["action", "target"] as const;
const OUTCOMES = ["ok", "denied", "invalid", "limited", "error"];

export function AdminAudit() {
  const { user, action, target, outcome } = useSearch({ from: "/shell/admin" });
  const navigate = useNavigate({ from: "/admin" });
  const events = useInfiniteQuery(auditQuery({ actor: user, action, target, outcome }));
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const type = useDebouncedCallback(set, 300);
  if (events.isPending) return <LoadingState />;
  if (isFailed(events)) return <ErrorState error={events.error} onRetry={() => void events.refetch()} />;
  const items = events.data.pages.flatMap((page) => page.items);
  const values = { action, target };
  return (
    <>
      <Group mb="md" align="end">
        {FIELDS.map((name) => (
          <TextInput
            key={`${name} ${values[name] ?? ""}`}
            size="sm"
            label={t(`admin.audit.${name}`)}
            placeholder={t(`admin.audit.${name}.like`)}
            defaultValue={values[name]}
            autoFocus={false}
            onChange={(event) => type({ [name]: clean(name, event.currentTarget.value) || undefined })}
          />
        ))}
        <NativeSelect
          size="sm"
          label={t("admin.audit.outcome")}
          data={[{ value: "", label: t("admin.jobs.any") }, ...OUTCOMES]}
          value={outcome ?? ""}
          onChange={(event) => set({ outcome: event.currentTarget.value || undefined })}
        />
        {(user || action || target || outcome) && (
          <Button
            variant="subtle"
            onClick={() => set({ user: undefined, action: undefined, target: undefined, outcome: undefined })}
          >
            {t("grid.filter.clear")}
          </Button>
        )}
      </Group>
      {items.length === 0 ? <EmptyState title={t("admin.audit.none")} /> : <Events events={items} onFilter={set} />}
      {events.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

/** Actions are words of lower-case letters, points and underscores. */
const clean = (name: (typeof FIELDS)[number], text: string) =>
  name === "action" ? text.toLowerCase().replace(/[^a-z_.]/g, "") : text.trim();

interface EventsProps {
  events: AuditEvent[];
  onFilter: (change: Record<string, string>) => void;
}

function Events({ events, onFilter }: EventsProps) {
  const pick = (name: string, value: string, shown: React.ReactNode = value, className = "") => (
    <button type="button" className={`link plain-button ${className}`} onClick={() => onFilter({ [name]: value })}>
      {shown}
    </button>
  );
  return (
    <div className="scroll-x">
      <table className="plain">
        <thead>
          <tr>
            {(["when", "who", "action", "outcome", "target", "address", "detail"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`admin.audit.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map(
            ({ id, happened_at, actor, actor_name, action, target, address, request_id, outcome, detail }) => (
              <tr key={id}>
                <td className="nowrap" title={request_id}>
                  {exact(happened_at)}
                </td>
                <td className="nowrap">{actor ? pick("user", actor, actor_name ?? <UserName id={actor} />) : "–"}</td>
                <td className="nowrap">{pick("action", action)}</td>
                <td>
                  <Sign isGood={outcome === "ok"}>{outcome}</Sign>
                </td>
                <td className="wide">{target ? pick("target", target, target, "mono") : "–"}</td>
                <td className="mono nowrap">{address}</td>
                <td className="mono wide">{told(detail)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** `bytes 120, sha256 ab…` */
function told(detail: unknown): string {
  if (typeof detail !== "object" || detail === null) return "";
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
