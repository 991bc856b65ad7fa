"use client";

import { useId, useState } from "react";

/** A limit as a slider that says where it stands. */
export function LimitSlider({
  label,
  name,
  start,
  ...range
}: {
  readonly label: string;
  readonly name: string;
  readonly start: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}) {
  const id = useId();
  const [value, setValue] = useState(start);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex justify-between gap-2 font-medium">
        {label} <output className="figures text-muted">{value}</output>
      </label>
      <input
        id={id}
        type="range"
        name={name}
        value={value}
        onChange={(event) => setValue(Number(event.currentTarget.value))}
        className="h-8 w-full accent-[var(--chart-1)]"
        {...range}
      />
    </div>
  );
}
