import { useTranslations } from "next-intl";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";

export const KINDS = ["s3", "webhook", "directory"] as const;
export type DestinationKind = (typeof KINDS)[number];

/** What has to be known of the place that files go to. */
export function DestinationFields({
  kind,
  webhooks,
  hasDirectory,
  errors,
}: {
  readonly kind: DestinationKind;
  readonly webhooks: readonly { readonly id: string; readonly name: string }[];
  readonly hasDirectory: boolean;
  readonly errors: Readonly<Record<string, string | undefined>>;
}) {
  const t = useTranslations("Schedules");
  if (kind === "webhook") {
    return webhooks.length === 0 ? (
      <Notice tone="warn" title={t("noWebhooks")} />
    ) : (
      <SelectField label={t("kinds.webhook")} name="webhook_id" hint={t("webhookHint")}>
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
        required
        placeholder="finance/focus"
        hint={t("pathHint")}
        error={errors.path}
      />
    ) : (
      <Notice tone="warn" title={t("noDirectory")} />
    );
  }
  return (
    <>
      <TextField
        label={t("endpoint")}
        name="endpoint"
        type="url"
        required
        placeholder="https://s3.eu-central-1.amazonaws.com"
        error={errors.endpoint}
      />
      <TextField label={t("region")} name="region" defaultValue="us-east-1" error={errors.region} />
      <TextField label={t("bucket")} name="bucket" required error={errors.bucket} />
      <TextField
        label={t("prefix")}
        name="prefix"
        placeholder="outlay/focus"
        error={errors.prefix}
      />
      <TextField
        label={t("accessKey")}
        name="access_key_id"
        required
        autoComplete="off"
        error={errors.access_key_id}
      />
      <TextField
        label={t("secretKey")}
        name="secret_access_key"
        type="password"
        required
        autoComplete="new-password"
        hint={t("secretHint")}
        error={errors.secret_access_key}
      />
    </>
  );
}
