// Name and password; used by the page and by the layer that appears when a session has ended.
import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { t } from "../../text";
import { signIn, type User } from "./session";

export function SignInForm({ name = "", onDone }: { name?: string; onDone: (user: User) => void }) {
  const form = useForm({ initialValues: { name, password: "" } });
  const attempt = useMutation({
    mutationFn: (values: typeof form.values) => signIn(values.name.trim(), values.password),
    onSuccess: onDone,
  });
  return (
    <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
      <Stack gap="sm">
        {attempt.error && (
          <Alert color="red" variant="outline" role="alert">
            {attempt.error.message}
          </Alert>
        )}
        <TextInput
          label={t("session.name")}
          autoComplete="username"
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <PasswordInput
          label={t("session.password")}
          autoComplete="current-password"
          required
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={attempt.isPending}>
          {t("session.signIn")}
        </Button>
      </Stack>
    </form>
  );
}
