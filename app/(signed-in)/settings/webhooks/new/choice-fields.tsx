import { useId } from "react";

/** Some of many; none chosen stands for all. */
export function ChoiceFields({
  legend,
  hint,
  name,
  choices,
}: {
  readonly legend: string;
  readonly hint: string;
  readonly name: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}) {
  const id = useId();
  return (
    <fieldset aria-describedby={id}>
      <legend className="font-medium">{legend}</legend>
      <p id={id} className="mb-1.5 text-muted text-xs">
        {hint}
      </p>
      <div className="flex max-h-48 flex-wrap gap-x-5 gap-y-1 overflow-y-auto">
        {choices.map(({ value, label }) => (
          <label key={value} className="flex min-h-6 items-center gap-1.5">
            <input type="checkbox" name={name} value={value} className="size-4 accent-(--action)" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
