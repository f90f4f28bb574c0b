// All keys, in a layer.
import { Modal } from "@mantine/core";
import { t } from "../text";
import { PLACES } from "./Rail";

export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={t("app.help.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <table className="plain">
        <tbody>
          <tr>
            <td>
              <kbd>Ctrl</kbd> <kbd>K</kbd>
            </td>
            <td>{t("app.search")}</td>
          </tr>
          {PLACES.map(({ key, label }) => (
            <tr key={key}>
              <td>
                <kbd>g</kbd> <kbd>{key}</kbd>
              </td>
              <td>{label}</td>
            </tr>
          ))}
          <tr>
            <td>
              <kbd>?</kbd>
            </td>
            <td>{t("app.help.title")}</td>
          </tr>
          <tr>
            <td>
              <kbd>Esc</kbd>
            </td>
            <td>{t("app.close")}</td>
          </tr>
        </tbody>
      </table>
    </Modal>
  );
}
