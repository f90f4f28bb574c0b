// The page to sign in; afterwards the page that was asked for.
import { Anchor, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "../../text";
import { SignInForm } from "./SignInForm";
import { sessionQuery } from "./session";

export function SignIn() {
  const { to } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <div className="door">
      <main>
        <Title order={1} mb="lg">
          {t("session.signIn.title")}
        </Title>
        <SignInForm
          onDone={(user) => {
            queries.setQueryData(sessionQuery.queryKey, user);
            void navigate({ href: safePath(to), replace: true });
          }}
        />
        <Text mt="md" size="sm">
          {t("session.noAccount")}{" "}
          <Anchor component={Link} to="/register" underline="always">
            {t("session.register")}
          </Anchor>
        </Text>
      </main>
    </div>
  );
}

/** Only places of this app: a link must not lead elsewhere after signing in. */
export function safePath(to: string | undefined): string {
  return to && /^\/(?![/\\])/.test(to) ? to : "/";
}
