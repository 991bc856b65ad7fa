"use client";

import { type ComponentProps, useId, useState } from "react";
import { TextField } from "#app/_components/field.tsx";
import { useFound } from "#app/_components/use-found.ts";

/** A field for a model's `provider/model` that offers names; any other may be written. */
export function ModelField(props: ComponentProps<typeof TextField>) {
  const { input, options } = useModelNames();
  return (
    <>
      <TextField {...props} {...input} />
      {options}
    </>
  );
}

/** Names for a field, asked for when somebody comes to it: of all that have a price there are thousands. */
export function useModelNames() {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const found = useFound<string>("/prices/model-names", text ?? "", text !== null);
  const read = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
    setText(currentTarget.value);
  return {
    input: { list: id, onFocus: read, onInput: read },
    options: (
      <datalist id={id}>
        {found.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    ),
  };
}
