// One's account, and the places where one is signed in.
import { Button, NativeSelect, Text, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState, PageHead } from "../../app/states";
import { Wide } from "../../app/Wide";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { sessionQuery, signOut, useUser } from "./session";

const SCHEMES = ["auto", "light", "dark"] as const;

export function Profile() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const user = useUser();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => body(api.GET("/api/v1/auth/sessions")) });
  const end = useMutation({
    mutationFn: (id: string) => body(api.DELETE("/api/v1/auth/sessions/{id}", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
  const leave = async (everywhere: boolean) => {
    await signOut(everywhere);
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, null);
    await navigate({ to: "/sign-in", search: {} });
  };
  if (!user || sessions.isPending) return <LoadingState />;
  if (isFailed(sessions)) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <>
      <PageHead title={user.username} crumbs={t("profile.title")}>
        <Button variant="default" onClick={() => void leave(true)}>
          {t("session.signOutEverywhere")}
        </Button>
        <Button onClick={() => void leave(false)}>{t("session.signOut")}</Button>
      </PageHead>
      <Text>{user.email}</Text>
      <Text c="dimmed">
        {t("profile.role")}: {t(`role.${user.role}`)}
      </Text>
      <NativeSelect
        label={t("app.theme")}
        data={SCHEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as (typeof SCHEMES)[number])}
        maw={220}
        mt="md"
      />
      <h2 className="part">{t("session.list")}</h2>
      <Wide label={t("session.list")}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("session.browser")}</th>
              <th scope="col">{t("session.address")}</th>
              <th scope="col">{t("session.started")}</th>
              <th scope="col">{t("session.lastUsed")}</th>
              <th scope="col">
                <span className="sr">{t("session.end")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.data.items.map((session) => (
              <tr key={session.id}>
                <td>{session.user_agent || "–"}</td>
                <td className="mono">{session.address}</td>
                <td title={exact(session.created_at)}>{when(session.created_at)}</td>
                <td title={exact(session.last_used)}>{when(session.last_used)}</td>
                <td className="number">
                  {session.current ? (
                    t("session.here")
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={end.isPending && end.variables === session.id}
                      onClick={() => end.mutate(session.id)}
                    >
                      {t("session.end")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}
