/**
 * The boot guard: stands outside the bundle, so that a broken build can still be left behind.
 * The app says that it runs by data-started="1" on <html>. If that has not come within ten seconds, or its script
 * cannot be loaded, a plain panel offers to fetch everything anew. What people wrote (IndexedDB, localStorage) is
 * never touched. Load it with `defer` before the module script. Its words stand here, because what holds all others
 * may be what is missing; it uses nothing that Chrome 80 does not know, because old browsers should see it too.
 */
(() => {
  const root = document.documentElement;
  const wait = 10_000;
  const words = [
    ["da", "Samspor kunne ikke starte", "Det, du har gemt på telefonen, er der stadig.", "Prøv igen"],
    ["nb", "Samspor kunne ikke starte", "Det du har lagret på telefonen, er der fortsatt.", "Prøv igjen"],
    ["en", "Samspor could not start", "What you have saved on this phone is still there.", "Try again"],
  ];
  let panel = null;

  function hasStarted() {
    return root.dataset.started === "1";
  }

  /** A late start takes the panel away again: on a slow line ten seconds are no fault. */
  function settle() {
    if (!hasStarted()) return;
    clearTimeout(timer);
    seen.disconnect();
    removeEventListener("error", onError, true);
    if (panel) panel.remove();
    panel = null;
  }

  function show() {
    if (panel || hasStarted()) return;
    panel = document.createElement("section");
    panel.setAttribute("role", "alert");
    // No stylesheet may have arrived; the policy allows styles set one by one.
    Object.assign(panel.style, {
      maxWidth: "32rem",
      margin: "0 auto",
      padding: "24px",
      font: "1.0625rem/1.5 system-ui, sans-serif",
    });
    for (const [lang, title, text, action] of words) panel.append(paragraph(lang, title, text, action));
    document.body.prepend(panel);
  }

  function paragraph(lang, title, text, action) {
    const part = document.createElement("div");
    const strong = document.createElement("strong");
    const rest = document.createElement("p");
    const button = document.createElement("button");
    part.lang = lang;
    strong.textContent = title;
    rest.textContent = text;
    button.type = "button";
    button.textContent = action;
    button.addEventListener("click", onTryAgain);
    Object.assign(rest.style, { margin: "4px 0 12px" });
    Object.assign(button.style, { minHeight: "48px", padding: "0 24px", margin: "0 0 24px", font: "inherit" });
    part.append(strong, rest, button);
    return part;
  }

  /** Without network the kept build is all there is: then only reload, and throw nothing away. */
  async function onTryAgain() {
    for (const button of panel.querySelectorAll("button")) button.disabled = true;
    try {
      if (await isServerThere()) await forget();
    } finally {
      location.reload();
    }
  }

  /** /sw.js is the one file that no worker answers, so an answer comes from the server. */
  async function isServerThere() {
    try {
      return (await fetch("/sw.js", { cache: "no-store" })).ok;
    } catch (error) {
      console.info("samspor: no network", error);
      return false;
    }
  }

  async function forget() {
    const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
    const names = self.caches ? await caches.keys() : [];
    await Promise.all(workers.map((worker) => worker.unregister()));
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  function onError(event) {
    if (event.target instanceof HTMLScriptElement && event.target.type === "module") show();
  }

  const seen = new MutationObserver(settle);
  seen.observe(root, { attributes: true, attributeFilter: ["data-started"] });
  addEventListener("error", onError, true);
  const timer = setTimeout(show, wait);
  settle();
})();
