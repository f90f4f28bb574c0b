// Who may look at a chart: the list, somebody more by user name, and taking it back.
import { ActionIcon, Button, Modal, Text, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "../../api/problems";
import { t } from "../../text";
import { share, visualizationQuery } from "./queries";
import type { Visualization } from "./types";

export function ShareDialog({ chart, onClose }: { chart: Visualization; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const sharing = useMutation({
    mutationFn: ({ username, isTakenBack }: { username: string; isTakenBack: boolean }) =>
      share(chart.id, username, isTakenBack),
    onSuccess: (saved, { isTakenBack }) => {
      queries.setQueryData(visualizationQuery(chart.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["visualizations"] });
      if (!isTakenBack) setName("");
    },
  });
  const { error } = sharing;
  const told = error instanceof Problem ? (error.fields[0]?.detail ?? error.message) : error?.message;
  return (
    <Modal opened onClose={onClose} title={t("charts.share.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("charts.share.about")}
      </Text>
      <form
        className="share-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") sharing.mutate({ username: name.trim(), isTakenBack: false });
        }}
      >
        <TextInput
          label={t("session.username")}
          value={name}
          maxLength={64}
          autoComplete="off"
          error={told?.replaceAll("`", "")}
          data-autofocus
          onChange={(event) => {
            setName(event.currentTarget.value);
            sharing.reset();
          }}
        />
        <Button type="submit" loading={sharing.isPending} disabled={name.trim() === ""}>
          {t("charts.share")}
        </Button>
      </form>
      {chart.shared_with.length === 0 ? (
        <Text size="sm" mt="md">
          {t("charts.private")}
        </Text>
      ) : (
        <ul className="builder-list share-list" aria-label={t("charts.share.list")}>
          {chart.shared_with.map((username) => (
            <li key={username}>
              <span>{username}</span>
              <ActionIcon
                size={24}
                variant="transparent"
                color="gray"
                aria-label={t("charts.share.remove", { username })}
                onClick={() => sharing.mutate({ username, isTakenBack: true })}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
