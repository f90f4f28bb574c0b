// Shutting somebody out asks for the name and takes a reason, which stands in the audit log.
import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../text";
import type { AdminUser } from "./queries";

interface Props {
  user: AdminUser;
  onDisable: (reason: string) => void;
  onClose: () => void;
}

export function DisableDialog({ user: { username }, onDisable, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const isSure = typed.trim() === username;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("admin.users.disable.title", { name: username })}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form
        style={{ textAlign: "start" }}
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure) onDisable(reason.trim());
        }}
      >
        <Text mb="sm">{t("admin.users.disable.detail")}</Text>
        <TextInput
          label={t("admin.users.reason")}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          mb="sm"
          data-autofocus
        />
        <TextInput
          label={t("admin.users.disable.type", { name: username })}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          mb="md"
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" color="red" disabled={!isSure}>
            {t("admin.users.disable")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
