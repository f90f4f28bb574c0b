// A chart to take along: as a picture in several forms, its figures, and the figure and spec that it is made of.
import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { tell, tellError } from "../../app/tell";
import { useIsDark } from "../../app/useIsDark";
import { t } from "../../text";
import { type ChartSource, chartFile, type FileWish, type Format } from "./queries";
import type { ChartAnswer, ChartSpec } from "./types";

interface Props {
  name: string;
  source: ChartSource;
  answer: ChartAnswer;
  spec: ChartSpec | undefined;
}

const SIZE = { width: 960, height: 540 };

export function ExportMenu({ name, source, answer, spec }: Props) {
  const theme = useIsDark() ? "dark" : "light";
  const file = useMutation({
    mutationFn: async (wish: Partial<FileWish> & { format: Format }) => {
      const whole = { ...SIZE, scale: 1, theme, transparent: false, ...wish } as FileWish;
      save(await chartFile(source, whole), `${fileName(name)}.${wish.format}`);
    },
    onError: (error) => tellError(error.message),
  });
  const json = (value: unknown) => new Blob([JSON.stringify(value, null, 2)], { type: "application/json" });
  const isTable = answer.kind === "table" || answer.kind === "pivot";
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          loading={file.isPending}
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t("chart.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => file.mutate({ format: "png", scale: 1 })}>{t("chart.export.png")}</Menu.Item>
        <Menu.Item onClick={() => file.mutate({ format: "png", scale: 2 })}>{t("chart.export.png2")}</Menu.Item>
        <Menu.Item onClick={() => file.mutate({ format: "png", scale: 2, transparent: true })}>
          {t("chart.export.transparent")}
        </Menu.Item>
        <Menu.Item onClick={() => file.mutate({ format: "svg" })}>{t("chart.export.svg")}</Menu.Item>
        <Menu.Item onClick={() => file.mutate({ format: "pdf" })}>{t("chart.export.pdf")}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => file.mutate({ format: "csv" })}>{t("chart.export.csv")}</Menu.Item>
        {!isTable && (
          <Menu.Item onClick={() => save(json(answer.figure), `${fileName(name)}.json`)}>
            {t("chart.export.plotly")}
          </Menu.Item>
        )}
        {spec && (
          <Menu.Item onClick={() => void copy(JSON.stringify(spec, null, 2))}>{t("chart.export.spec")}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

export const fileName = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80) || "chart";

async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    tell(t("app.copied"));
  } catch {
    // Browsers have no clipboard for pages that came over plain HTTP from another machine.
    tellError(t("app.noClipboard"));
  }
}

function save(blob: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has begun by then; a URL that is taken back at once may not have been read.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
