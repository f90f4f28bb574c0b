// Makes an account of any role.
import { Alert, Button, Group, Modal, NativeSelect, PasswordInput, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schemas } from "../../api/client";
import { byField, Problem } from "../../api/problems";
import { tell } from "../../app/tell";
import { t } from "../../text";
import { strength } from "../session/strength";
import { ROLES } from "./AdminUsers";

export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { email: "", username: "", password: "", role: "analyst" as Schemas["Role"] },
  });
  const make = useMutation({
    mutationFn: (account: typeof form.values) => body(api.POST("/api/v1/admin/users", { body: account })),
    onSuccess: ({ username }) => {
      void queries.invalidateQueries({ queryKey: ["admin"] });
      tell(t("admin.users.made", { name: username }));
      onClose();
    },
    onError: (error) => error instanceof Problem && form.setErrors(byField(error)),
  });
  const isByField = make.error instanceof Problem && make.error.fields.length > 0;
  const told = strength(form.values.password);
  return (
    <Modal opened onClose={onClose} title={t("admin.users.new")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form onSubmit={form.onSubmit((values) => make.mutate(values))}>
        {make.error && !isByField && (
          <Alert color="red" variant="outline" role="alert" mb="sm">
            {make.error.message}
          </Alert>
        )}
        <TextInput
          label={t("session.email")}
          type="email"
          required
          mb="sm"
          data-autofocus
          {...form.getInputProps("email")}
        />
        <TextInput
          label={t("session.username")}
          description={t("session.username.hint")}
          required
          mb="sm"
          {...form.getInputProps("username")}
        />
        <PasswordInput
          label={t("session.password")}
          autoComplete="new-password"
          required
          {...form.getInputProps("password")}
        />
        <Text size="sm" c="dimmed" aria-live="polite" mih={20} mb="sm">
          {told && `${t("session.strength")}: ${t(told)}`}
        </Text>
        <NativeSelect
          label={t("profile.role")}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          mb="md"
          {...form.getInputProps("role")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("admin.users.make")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
