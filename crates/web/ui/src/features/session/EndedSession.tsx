// Asks to sign in again over the page, which stays as it is.
import { Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { t } from "../../text";
import { SignInForm } from "./SignInForm";
import { sessionQuery, useUser } from "./session";

export default function EndedSession({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const user = useUser();
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} title={t("session.expired")}>
      <Text mb="md" c="dimmed">
        {t("session.expired.detail")}
      </Text>
      <SignInForm
        name={user?.username ?? ""}
        onDone={(signedIn) => {
          // Another person must not see what the first one left behind.
          if (signedIn.id !== user?.id) return window.location.assign("/");
          queries.setQueryData(sessionQuery.queryKey, signedIn);
          onDone();
          void queries.invalidateQueries();
        }}
      />
    </Modal>
  );
}
