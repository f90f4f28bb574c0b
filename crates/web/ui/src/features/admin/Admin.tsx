// For administrators: how the server is, accounts, everybody's jobs, and the audit log.
import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ADMIN_TABS, type AdminTab } from "../../app/addresses";
import { ForbiddenState, LoadingState, PageHead } from "../../app/states";
import { t } from "../../text";
import { useUser } from "../session/session";
import { AdminAudit } from "./AdminAudit";
import { AdminHealth } from "./AdminHealth";
import { AdminJobs } from "./AdminJobs";
import { AdminUsers } from "./AdminUsers";

export function Admin() {
  const user = useUser();
  const { tab = "health" } = useSearch({ from: "/shell/admin" });
  const navigate = useNavigate({ from: "/admin" });
  if (!user) return <LoadingState />;
  if (user.role !== "admin") return <ForbiddenState role={t(`role.${user.role}`)} />;
  return (
    <>
      <PageHead title={t("admin.title")} />
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ search: { tab: next as AdminTab } })}>
        <Tabs.List mb="md" className="tabs">
          {ADMIN_TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`admin.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="health">
          <AdminHealth />
        </Tabs.Panel>
        <Tabs.Panel value="users">
          <AdminUsers />
        </Tabs.Panel>
        <Tabs.Panel value="jobs">
          <AdminJobs />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AdminAudit />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
