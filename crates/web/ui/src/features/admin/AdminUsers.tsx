// Accounts: find, make, change the role, shut out and let in again.
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, type Schemas } from "../../api/client";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState } from "../../app/states";
import { tell, tellError } from "../../app/tell";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { useUser } from "../session/session";
import { DisableDialog } from "./DisableDialog";
import { NewUserDialog } from "./NewUserDialog";
import { type AdminUser, usersQuery } from "./queries";
import { Sign } from "./Sign";

export const ROLES: Schemas["Role"][] = ["viewer", "analyst", "admin"];

export function AdminUsers() {
  const { q } = useSearch({ from: "/shell/admin" });
  const navigate = useNavigate({ from: "/admin" });
  const users = useInfiniteQuery(usersQuery(q));
  const [isMaking, setMaking] = useState(false);
  const find = useDebouncedCallback(
    (text: string) => void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true }),
    200,
  );
  if (users.isPending) return <LoadingState />;
  if (isFailed(users)) return <ErrorState error={users.error} onRetry={() => void users.refetch()} />;
  const items = users.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Group mb="md" justify="space-between">
        <TextInput
          defaultValue={q}
          onChange={(event) => find(event.currentTarget.value)}
          placeholder={t("admin.users.search")}
          aria-label={t("admin.users.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
        />
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t("admin.users.new")}
        </Button>
      </Group>
      {items.length === 0 ? (
        <EmptyState title={t("app.search.nothing")} />
      ) : (
        <div className="scroll-x">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("session.username")}</th>
                <th scope="col">{t("session.email")}</th>
                <th scope="col">{t("profile.role")}</th>
                <th scope="col">{t("admin.users.state")}</th>
                <th scope="col">{t("admin.users.lastLogin")}</th>
                <th scope="col">{t("admin.users.since")}</th>
                <th scope="col">
                  <span className="sr">{t("admin.users.change")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((user) => (
                <UserRow key={user.id} user={user} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {users.hasNextPage && (
        <Button mt="md" variant="default" loading={users.isFetching} onClick={() => void users.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
      {isMaking && <NewUserDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function UserRow({ user }: { user: AdminUser }) {
  const change = useChangeUser(user);
  const [isAsking, setAsking] = useState(false);
  const isSelf = useUser()?.id === user.id;
  return (
    <tr>
      <td>{user.username}</td>
      <td>{user.email}</td>
      <td className="nowrap" style={{ minWidth: 150 }}>
        <NativeSelect
          size="xs"
          aria-label={t("admin.users.role.of", { name: user.username })}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={user.role}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ role: event.currentTarget.value as Schemas["Role"] })}
        />
      </td>
      <td>
        <Sign isGood={!user.disabled}>{t(user.disabled ? "admin.users.disabled" : "admin.users.active")}</Sign>
        {user.disabled_reason && <div className="condensed">{user.disabled_reason}</div>}
      </td>
      <td title={user.last_login ? exact(user.last_login) : undefined}>
        {user.last_login ? when(user.last_login) : "–"}
      </td>
      <td title={exact(user.created_at)}>{when(user.created_at)}</td>
      <td className="number">
        {user.disabled ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate({ disabled: false })}
            aria-label={t("admin.users.enable.of", { name: user.username })}
          >
            {t("admin.users.enable")}
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isSelf}
            onClick={() => setAsking(true)}
            aria-label={t("admin.users.disable.of", { name: user.username })}
          >
            {t("admin.users.disable")}
          </Button>
        )}
        {isAsking && (
          <DisableDialog
            user={user}
            onClose={() => setAsking(false)}
            onDisable={(reason) => {
              change.mutate({ disabled: true, ...(reason && { reason }) });
              setAsking(false);
            }}
          />
        )}
      </td>
    </tr>
  );
}

function useChangeUser({ id, username }: AdminUser) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Schemas["UpdateUser"]) =>
      body(api.PATCH("/api/v1/admin/users/{id}", { params: { path: { id } }, body: change })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["admin"] });
      tell(t("admin.users.changed", { name: username }));
    },
    onError: (error) => tellError(error.message),
  });
}
