// Chooses files to upload.
import { Button, FileButton } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { t } from "../../text";
import { useTakeFiles } from "./UploadArea";

export function UploadButton() {
  const take = useTakeFiles();
  return (
    <FileButton multiple onChange={take}>
      {(props) => (
        <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>
          {t("datasets.upload")}
        </Button>
      )}
    </FileButton>
  );
}
