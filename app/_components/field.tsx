import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";

/** The look of inputs and selects. The border keeps 3:1 against the page (WCAG 1.4.11). */
export const CONTROL_CLASS =
  "h-8 w-full rounded-md border border-control bg-surface px-2.5 text-sm text-text placeholder:text-faint disabled:opacity-60 aria-invalid:border-danger";

type FieldProps = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
};

/** A labelled input whose hint and error a screen reader hears with it. */
export function TextField({ label, hint, error, ...input }: FieldProps & ComponentProps<"input">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        className={CONTROL_CLASS}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={`${id}-note`}
        {...input}
      />
    </FieldFrame>
  );
}

/** A labelled choice of a file; the button inside it looks the same on every page. */
export function FileField({
  label,
  hint,
  error,
  onFile,
  ...input
}: FieldProps &
  Omit<ComponentProps<"input">, "type" | "onChange"> & {
    readonly onFile?: (file: File | null) => void;
  }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        type="file"
        className={`${CONTROL_CLASS} cursor-pointer pl-0 leading-[1.875rem] file:mr-2.5 file:h-full file:cursor-pointer file:border-control file:border-0 file:border-r file:bg-sunken file:px-2.5 file:font-medium file:text-text`}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={`${id}-note`}
        onChange={(event) => onFile?.(event.target.files?.[0] ?? null)}
        {...input}
      />
    </FieldFrame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  children,
  ...select
}: FieldProps & ComponentProps<"select">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        className={CONTROL_CLASS}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={`${id}-note`}
        {...select}
      >
        {children}
      </select>
    </FieldFrame>
  );
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: FieldProps & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      <p
        id={`${id}-note`}
        className={`text-xs ${error ? "text-danger" : "text-muted"} empty:hidden`}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
