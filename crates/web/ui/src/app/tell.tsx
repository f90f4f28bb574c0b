// Short messages at the edge of the page.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { t } from "../text";

const closeButtonProps = { "aria-label": t("app.close") };

/** Something was done. */
export function tell(message: string) {
  notifications.show({ message, closeButtonProps, autoClose: 4_000 });
}

/** Something was done that can be undone for eight seconds. */
export function tellWithUndo(message: string, undo: () => void) {
  const id = crypto.randomUUID();
  const click = () => {
    notifications.hide(id);
    undo();
  };
  const button = (
    <Button size="compact-sm" variant="light" onClick={click}>
      {t("app.undo")}
    </Button>
  );
  notifications.show({ id, title: message, message: button, closeButtonProps, autoClose: 8_000 });
}

/** Something went wrong; it stays longer. */
export function tellError(message: string) {
  notifications.show({ message, closeButtonProps, color: "red", autoClose: 10_000 });
}
