import { useTranslations } from "next-intl";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";

export const KINDS = ["s3", "webhook", "directory"] as const;
export type DestinationKind = (typeof KINDS)[number];

type FieldsInput = {
  readonly kind: DestinationKind;
  readonly start: Readonly<Record<string, string>>;
  /** Keys are kept already, and need not be said again. */
  readonly keepsKeys: boolean;
  readonly webhooks: readonly { readonly id: string; readonly name: string }[];
  readonly hasDirectory: boolean;
  readonly errors: Readonly<Record<string, string | undefined>>;
};

/** What has to be known of the place that files go to. */
export function DestinationFields({
  kind,
  start,
  keepsKeys,
  webhooks,
  hasDirectory,
  errors,
}: FieldsInput) {
  const t = useTranslations("Schedules");
  if (kind === "webhook") {
    return webhooks.length === 0 ? (
      <Notice tone="warn" title={t("noWebhooks")} />
    ) : (
      <SelectField
        label={t("kinds.webhook")}
        name="webhook_id"
        defaultValue={start.webhook_id}
        hint={t("webhookHint")}
      >
        {webhooks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    );
  }
  if (kind === "directory") {
    return hasDirectory ? (
      <TextField
        label={t("path")}
        name="path"
        defaultValue={start.path}
        required
        placeholder="finance/focus"
        hint={t("pathHint")}
        error={errors.path}
      />
    ) : (
      <Notice tone="warn" title={t("noDirectory")} />
    );
  }
  return <StorageFields start={start} keepsKeys={keepsKeys} errors={errors} />;
}

function StorageFields({
  start,
  keepsKeys,
  errors,
}: Pick<FieldsInput, "start" | "keepsKeys" | "errors">) {
  const t = useTranslations("Schedules");
  return (
    <>
      <TextField
        label={t("endpoint")}
        name="endpoint"
        defaultValue={start.endpoint}
        type="url"
        required
        placeholder="https://s3.eu-central-1.amazonaws.com"
        error={errors.endpoint}
      />
      <TextField
        label={t("region")}
        name="region"
        defaultValue={start.region ?? "us-east-1"}
        error={errors.region}
      />
      <TextField
        label={t("bucket")}
        name="bucket"
        defaultValue={start.bucket}
        required
        error={errors.bucket}
      />
      <TextField
        label={t("prefix")}
        name="prefix"
        defaultValue={start.prefix}
        placeholder="outlay/focus"
        error={errors.prefix}
      />
      <TextField
        label={t("accessKey")}
        name="access_key_id"
        required={!keepsKeys}
        autoComplete="off"
        error={errors.access_key_id}
      />
      <TextField
        label={t("secretKey")}
        name="secret_access_key"
        type="password"
        required={!keepsKeys}
        autoComplete="new-password"
        hint={t(keepsKeys ? "keysKept" : "secretHint")}
        error={errors.secret_access_key}
      />
    </>
  );
}
