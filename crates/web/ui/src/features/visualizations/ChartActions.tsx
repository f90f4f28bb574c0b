// What its owner can do with a saved chart: share it, look at its versions, rename it, save it anew, delete it.
import { Button, Group, Menu, Modal, Text } from "@mantine/core";
import { IconDots, IconShare } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "../../api/problems";
import { tell, tellError } from "../../app/tell";
import { t } from "../../text";
import { NameDialog } from "./NameDialog";
import { remove, saveChange, saveNew, visualizationQuery } from "./queries";
import { ShareDialog } from "./ShareDialog";
import type { ChartSpec, Visualization, VisualizationChange } from "./types";
import { VersionsDialog } from "./VersionsDialog";

/** Saves a change; somebody else's change since is told instead of overwritten. */
export function useSave(chart: Visualization) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: VisualizationChange) => saveChange(chart.id, change),
    onSuccess: (saved) => {
      // The figure of the version before would be shown otherwise.
      void queries.invalidateQueries({ queryKey: ["visualization", chart.id] });
      void queries.invalidateQueries({ queryKey: ["visualizations"] });
      queries.setQueryData(visualizationQuery(chart.id).queryKey, saved);
      tell(t("charts.saved", { name: saved.name }));
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 409) {
        tellError(t("charts.conflict"));
        void queries.invalidateQueries({ queryKey: ["visualization", chart.id] });
      } else tellError(error instanceof Problem ? (error.fields[0]?.detail ?? error.message) : error.message);
    },
  });
}

type Dialog = "share" | "versions" | "rename" | "copy" | "delete";

interface Props {
  chart: Visualization;
  /** The spec as it is now, saved or not. */
  spec: ChartSpec;
  /** Whether that can be saved. */
  isWhole: boolean;
}

export function ChartActions({ chart, spec, isWhole }: Props) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Button variant="default" leftSection={<IconShare size={16} aria-hidden />} onClick={() => setDialog("share")}>
        {t("charts.share")}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" aria-label={t("charts.more")} px={10}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog("rename")}>{t("charts.rename")}</Menu.Item>
          <Menu.Item disabled={!isWhole} onClick={() => setDialog("copy")}>
            {t("charts.saveAs")}
          </Menu.Item>
          <Menu.Item onClick={() => setDialog("versions")}>{t("dataset.versions")}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="var(--mantine-color-error)" onClick={() => setDialog("delete")}>
            {t("charts.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "share" && <ShareDialog chart={chart} onClose={close} />}
      {dialog === "versions" && <VersionsDialog chart={chart} onClose={close} />}
      {dialog === "rename" && <Rename chart={chart} onClose={close} />}
      {dialog === "copy" && <SaveAs chart={chart} spec={spec} onClose={close} />}
      {dialog === "delete" && <Delete chart={chart} onClose={close} />}
    </>
  );
}

interface DialogProps {
  chart: Visualization;
  onClose: () => void;
}

function Rename({ chart, onClose }: DialogProps) {
  const save = useSave(chart);
  return (
    <NameDialog
      title={t("charts.rename")}
      first={chart.name}
      error={save.error}
      isBusy={save.isPending}
      onSave={(name) => save.mutate({ name }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function SaveAs({ chart, spec, onClose }: DialogProps & { spec: ChartSpec }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (name: string) => saveNew(name, spec),
    onSuccess: (saved) => {
      void queries.invalidateQueries({ queryKey: ["visualizations"] });
      tell(t("charts.saved", { name: saved.name }));
      onClose();
      void navigate({ to: "/charts/$id", params: { id: saved.id }, search: {} });
    },
  });
  return (
    <NameDialog
      title={t("charts.saveAs")}
      first={t("charts.copyOf", { name: chart.name }).slice(0, 200)}
      error={save.error}
      isBusy={save.isPending}
      onSave={(name) => save.mutate(name)}
      onClose={onClose}
    />
  );
}

function Delete({ chart, onClose }: DialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: () => remove(chart.id),
    onSuccess: async () => {
      tell(t("charts.deleted", { name: chart.name }));
      await navigate({ to: "/charts", search: {} });
      queries.removeQueries({ queryKey: ["visualization", chart.id] });
      void queries.invalidateQueries({ queryKey: ["visualizations"] });
    },
    onError: (error) => tellError(error.message),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("charts.delete.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <Text mb="md">{t("charts.delete.detail", { name: chart.name })}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("app.cancel")}
        </Button>
        <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
          {t("charts.delete")}
        </Button>
      </Group>
    </Modal>
  );
}
