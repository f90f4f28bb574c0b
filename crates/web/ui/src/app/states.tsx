// What a page shows when it has nothing to show: loading, empty, an error, no access, no server, no such page.
import { Anchor, Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Problem } from "../api/problems";
import { useUser } from "../features/session/session";
import { percent } from "../format/numbers";
import { t } from "../text";

export function LoadingState() {
  return (
    <Stack gap="sm" p="lg" role="status" aria-label={t("state.loading")}>
      <Skeleton height={34} width="40%" animate={false} />
      <Skeleton height={20} animate={false} />
      <Skeleton height={20} animate={false} />
      <Skeleton height={20} width="80%" animate={false} />
    </Stack>
  );
}

interface Told {
  title: string;
  detail?: string;
  children?: ReactNode;
}

/** A title, a reason and at most one thing to do. */
export function EmptyState({ title, detail, children }: Told) {
  return (
    <Stack gap="xs" py="xl" align="flex-start">
      <Title order={2} size="h3">
        {title}
      </Title>
      {detail && <Text className="note">{detail}</Text>}
      {children}
    </Stack>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : null;
  if (problem?.status === 404) return <LostState />;
  if (problem?.status === 403) return <RefusedState detail={problem.message} />;
  // A part of the app that could not be fetched is asked for again with the page.
  const isPartAway = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  if (isPartAway) return <AwayState onRetry={() => window.location.reload()} />;
  if (problem?.isOffline) return <AwayState onRetry={onRetry} />;
  const title = t("state.error");
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <div role="alert">
      <EmptyState title={title} detail={detail}>
        {problem?.requestId && (
          <Text size="sm" className="mono">
            {t("state.error.request", { id: problem.requestId })}
          </Text>
        )}
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t("app.retry")}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

export function ForbiddenState({ role }: { role: string }) {
  return <EmptyState title={t("state.forbidden")} detail={t("state.forbidden.detail", { role })} />;
}

/** What the server refuses to this person, in its words. */
function RefusedState({ detail }: { detail: string }) {
  const user = useUser();
  const role = user ? t("state.refused.role", { role: t(`role.${user.role}`) }) : "";
  return (
    <div role="alert">
      <EmptyState title={t("state.refused")} detail={`${detail} ${role}`.trim()} />
    </div>
  );
}

function AwayState({ onRetry }: { onRetry?: () => void }) {
  return (
    <div role="alert">
      <EmptyState title={t("state.offline")} detail={t("state.offline.detail")}>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t("app.retry")}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

export function LostState() {
  return (
    <EmptyState title={t("state.lost")} detail={t("state.lost.detail")}>
      <Anchor component={Link} to="/">
        {t("state.lost.home")}
      </Anchor>
    </EmptyState>
  );
}

/** An address that leads nowhere, which has no frame around it. */
export function LostPage() {
  return (
    <main className="page">
      <LostState />
    </main>
  );
}

interface HeadProps {
  crumbs?: ReactNode;
  title: string;
  /** How far what the page waits for is, from 0 to 1; the window's title tells it. */
  busy?: number;
  children?: ReactNode;
}

/** The head of a page: crumbs, the title that says what is found here, and what can be done. */
export function PageHead({ crumbs, title, busy, children }: HeadProps) {
  const share = busy === undefined ? "" : `${percent(busy, 0)} · `;
  return (
    <>
      <title>{`${share}${title} · ${t("app.name")}`}</title>
      <div className="crumbs">{crumbs}</div>
      <header className="page-head">
        <h1>{title}</h1>
        <div style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>{children}</div>
      </header>
    </>
  );
}
