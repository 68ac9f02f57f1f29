import { LocationProvider } from "preact-iso/router";
import { Guard } from "./Guard.tsx";
import { Shell } from "./Shell.tsx";

/** The whole page. */
export function App() {
  return (
    <LocationProvider>
      <Guard>
        <Shell />
      </Guard>
    </LocationProvider>
  );
}
