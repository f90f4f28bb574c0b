// What can be taken along: the link, the tables for a spreadsheet, everything as JSON.
import { Button, Group, Menu } from "@mantine/core";
import { IconCopy, IconDownload, IconLink } from "@tabler/icons-react";
import { tell, tellError } from "../../app/tell";
import { t } from "../../text";
import { tablesOf } from "./results";
import { csvOf, type NamedTable, tabsOf } from "./results/values";

export function Takeaway({ kind, result }: { kind: string; result: unknown }) {
  const tables = tablesOf(kind, result);
  const json = () => JSON.stringify(result, null, 2);
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconLink size={14} />}
        onClick={() => copy(location.href)}
      >
        {t("analysis.share")}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} />}>
            {t("app.copy")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {tables.map((table) => (
            <Menu.Item key={table.name} onClick={() => copy(tabsOf(table))}>
              {table.name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => copy(json())}>{t("analysis.json")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} />}>
            {t("app.download")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {tables.map((table) => (
            <Menu.Item key={table.name} onClick={() => save(csvOf(table), "text/csv", `${fileName(kind, table)}.csv`)}>
              {table.name} (CSV)
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => save(json(), "application/json", `${kind}.json`)}>{t("analysis.json")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

const fileName = (kind: string, { name }: NamedTable) =>
  `${kind} ${name}`
    .toLowerCase()
    .replace(/[^\w]+/g, "-")
    .replace(/-$/, "");

async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    tell(t("app.copied"));
  } catch {
    // Browsers have no clipboard for pages that came over plain HTTP from another machine.
    tellError(t("app.noClipboard"));
  }
}

function save(text: string, type: string, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
