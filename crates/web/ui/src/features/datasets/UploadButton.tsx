// Chooses files to upload: read at once, or stored so that one looks first.
import { Button, FileButton } from "@mantine/core";
import { IconEye, IconUpload } from "@tabler/icons-react";
import { t } from "../../text";
import { useIsViewer } from "../session/session";
import { useTakeFiles } from "./UploadArea";

export function UploadButton() {
  const take = useTakeFiles();
  if (useIsViewer()) return null;
  return (
    <>
      <FileButton multiple name="upload" onChange={(files) => take(files)}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>
            {t("datasets.upload")}
          </Button>
        )}
      </FileButton>
      <FileButton multiple name="look" onChange={(files) => take(files, true)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            title={t("datasets.look.hint")}
            leftSection={<IconEye size={16} aria-hidden />}
          >
            {t("datasets.look")}
          </Button>
        )}
      </FileButton>
    </>
  );
}
