"use client";

import { useEffect, useRef, useState } from "react";

/** A figure that moves each second would talk over everything else. */
const LEAST_MS = 30_000;

/** Tells screen readers what became of a figure that moves by itself, now and then. */
export function Announce({ text }: { readonly text: string }) {
  const [said, setSaid] = useState(text);
  const saidAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, saidAt.current + LEAST_MS - performance.now());
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  );
}
