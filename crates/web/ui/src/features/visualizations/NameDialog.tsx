// Asks under which name a chart is saved.
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { Problem } from "../../api/problems";
import { t } from "../../text";

interface Props {
  title: string;
  first: string;
  error: Error | null;
  isBusy: boolean;
  onSave: (name: string) => void;
  onClose: () => void;
}

export function NameDialog({ title, first, error, isBusy, onSave, onClose }: Props) {
  const [name, setName] = useState(first);
  const told = error instanceof Problem ? (error.fields[0]?.detail ?? error.message) : error?.message;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") onSave(name.trim());
        }}
      >
        <TextInput
          label={t("charts.name")}
          value={name}
          required
          maxLength={200}
          error={told?.replaceAll("`", "")}
          data-autofocus
          mb="md"
          onChange={(event) => setName(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t("app.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
