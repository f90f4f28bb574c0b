// The page to create an account, with the strength of the password while typing.
import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { byField, Problem } from "../../api/problems";
import { t } from "../../text";
import { sessionQuery, signIn } from "./session";
import { strength } from "./strength";

export function Register() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { email: "", username: "", password: "", setup_code: "" } });
  const attempt = useMutation({
    mutationFn: async ({ setup_code, ...account }: typeof form.values) => {
      await body(api.POST("/api/v1/auth/register", { body: setup_code ? { ...account, setup_code } : account }));
      return signIn(account.username, account.password);
    },
    onSuccess: (user) => {
      queries.setQueryData(sessionQuery.queryKey, user);
      void navigate({ to: "/" });
    },
    onError: (error) => error instanceof Problem && form.setErrors(byField(error)),
  });
  const general = attempt.error instanceof Problem && attempt.error.fields.length > 0 ? null : attempt.error;
  const told = strength(form.values.password);
  return (
    <div className="door">
      <main>
        <Title order={1} mb="lg">
          {t("session.register.title")}
        </Title>
        <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
          <Stack gap="sm">
            {general && (
              <Alert color="red" variant="outline" role="alert">
                {general.message}
              </Alert>
            )}
            <TextInput
              label={t("session.email")}
              type="email"
              autoComplete="email"
              required
              {...form.getInputProps("email")}
            />
            <TextInput
              label={t("session.username")}
              description={t("session.username.hint")}
              autoComplete="username"
              required
              {...form.getInputProps("username")}
            />
            <PasswordInput
              label={t("session.password")}
              autoComplete="new-password"
              required
              {...form.getInputProps("password")}
            />
            <Text size="sm" c="dimmed" aria-live="polite" mih={20}>
              {told && `${t("session.strength")}: ${t(told)}`}
            </Text>
            <TextInput
              label={t("session.setupCode")}
              description={t("session.setupCode.hint")}
              {...form.getInputProps("setup_code")}
            />
            <Button type="submit" loading={attempt.isPending}>
              {t("session.register")}
            </Button>
          </Stack>
        </form>
        <Text mt="md" size="sm">
          {t("session.hasAccount")}{" "}
          <Anchor component={Link} to="/sign-in" underline="always">
            {t("session.signIn")}
          </Anchor>
        </Text>
      </main>
    </div>
  );
}
