// What can be done with a dataset: rename and describe it, put it in the bin.
import { Button, Group, Modal, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import { byField, Problem } from "../../api/problems";
import { tell, tellError, tellWithUndo } from "../../app/tell";
import { t } from "../../text";
import { useIsViewer } from "../session/session";
import { type Dataset, datasetQuery } from "./queries";

export function DatasetActions({ dataset }: { dataset: Dataset }) {
  const [isEditing, setEditing] = useState(false);
  const remove = useRemove();
  const navigate = useNavigate();
  if (useIsViewer()) return null;
  return (
    <>
      <Button
        variant="default"
        loading={remove.isPending}
        onClick={() => remove.mutate(dataset, { onSuccess: () => void navigate({ to: "/datasets", search: {} }) })}
      >
        {t("dataset.delete")}
      </Button>
      <Button variant="default" onClick={() => setEditing(true)}>
        {t("dataset.edit")}
      </Button>
      {isEditing && <EditDialog dataset={dataset} onClose={() => setEditing(false)} />}
    </>
  );
}

function EditDialog({ dataset, onClose }: { dataset: Dataset; onClose: () => void }) {
  const queries = useQueryClient();
  const { id, name, description } = dataset;
  const form = useForm({ initialValues: { name, description } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      body(api.PATCH("/api/v1/datasets/{id}", { params: { path: { id } }, body: values })),
    onSuccess: (changed) => {
      queries.setQueryData(datasetQuery(id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      onClose();
    },
    onError: (error) => {
      if (error instanceof Problem && error.fields.length > 0) form.setErrors(byField(error));
      else tellError(error.message);
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("dataset.edit.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          label={t("datasets.name")}
          required
          maxLength={200}
          mb="sm"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Textarea
          label={t("dataset.description")}
          description={t("dataset.description.hint")}
          autosize
          minRows={4}
          maxRows={14}
          maxLength={5_000}
          mb="md"
          {...form.getInputProps("description")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("app.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** Puts a dataset in the bin, which can be undone for some seconds from here and for some weeks from the bin. */
function useRemove() {
  const queries = useQueryClient();
  const restore = useRestore();
  return useMutation({
    mutationFn: ({ id }: Dataset) => body(api.DELETE("/api/v1/datasets/{id}", { params: { path: { id } } })),
    onSuccess: (_, dataset) => {
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      tellWithUndo(t("dataset.deleted", { name: dataset.name }), () => restore.mutate(dataset));
    },
    onError: (error) => tellError(error.message),
  });
}

export function useRestore() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Dataset) => body(api.POST("/api/v1/datasets/{id}/restore", { params: { path: { id } } })),
    onSuccess: ({ id, name }) => {
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      void queries.invalidateQueries({ queryKey: ["dataset", id] });
      tell(t("dataset.restored", { name }));
    },
    onError: (error) => tellError(error.message),
  });
}
