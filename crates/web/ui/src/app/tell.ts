// Short messages at the edge of the page.
import { notifications } from "@mantine/notifications";
import { t } from "../text";

const closeButtonProps = { "aria-label": t("app.close") };

/** Something was done. */
export function tell(message: string) {
  notifications.show({ message, closeButtonProps, autoClose: 4_000 });
}

/** Something went wrong; it stays longer. */
export function tellError(message: string) {
  notifications.show({ message, closeButtonProps, color: "red", autoClose: 10_000 });
}
