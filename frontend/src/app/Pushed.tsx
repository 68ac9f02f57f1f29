import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";

/** Goes where a push leads when the app is open already: the service worker says so. */
export function Pushed() {
  const { route } = useLocation();
  useEffect(() => {
    const onMessage = ({ data }: MessageEvent<unknown>) => {
      if (opens(data)) route(data.path);
    };
    navigator.serviceWorker?.addEventListener("message", onMessage);
    return () => navigator.serviceWorker?.removeEventListener("message", onMessage);
  }, []);
  return null;
}

const opens = (v: unknown): v is { readonly path: string } =>
  typeof v === "object" && v !== null && "type" in v && v.type === "open" && "path" in v && typeof v.path === "string";
