// The one script of a class. Without it everything works by reloading; with it
// the screen follows the lead, and leaving is one key away. It stores nothing,
// and sends nothing but the buttons that are pressed.
(() => {
  "use strict";
  const live = document.getElementById("live");

  // Leaving: first the screen is empty, then the seat is given up, then a page
  // stands there that says nothing. It takes the place of this one in the history.
  const leave = () => {
    document.documentElement.textContent = "";
    const away = () => location.replace("/away");
    fetch("/leave", { method: "POST", keepalive: true }).then(away, away);
    setTimeout(away, 300);
  };
  const form = document.getElementById("leave");
  if (form) form.addEventListener("submit", (e) => { e.preventDefault(); leave(); });
  let presses = [];
  document.addEventListener("keydown", (e) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== "radio";
    if (e.key === "x" && e.ctrlKey && !typing) { e.preventDefault(); leave(); return; }
    const key = e.key === "Shift" || (e.key === "q" && !typing) ? e.key : "";
    presses = key ? presses.filter((p) => p.key === key && e.timeStamp - p.at < 2000).concat({ key, at: e.timeStamp }) : [];
    if (presses.length === 3 && !e.repeat) leave();
  });

  if (!live) return;
  history.replaceState(null, "", "/seat");

  const swap = (html) => {
    const typed = document.getElementById("say");
    const words = typed ? typed.value : "";
    const inside = live.contains(document.activeElement);
    const open = [...live.querySelectorAll("details")].map((d) => d.open);
    live.innerHTML = html;
    const now = document.getElementById("now");
    if (!now) return;
    now.classList.add("fresh");
    live.querySelectorAll("details").forEach((d, i) => { d.open = !!open[i]; });
    const say = document.getElementById("say");
    if (say) say.value = words;
    if (inside) now.focus({ preventScroll: true });
    if (now.dataset.ended === "true" && source) source.close();
  };

  let last = "", latest = 0;
  const take = (html) => { if (html !== last) { last = html; swap(html); } };

  live.addEventListener("submit", (e) => {
    if (!e.target.dataset.swap) return;
    e.preventDefault();
    const { action } = e.target;
    send(action, new URLSearchParams(new FormData(e.target, e.submitter)), Date.now());
  });

  // A form that gets lost, since a machine has died, is sent again for ten seconds:
  // what arrives twice counts once.
  const send = (action, body, since) => {
    const mine = ++latest;
    const tryOnce = () => {
      if (mine !== latest) return; // The learner has thought better of it.
      fetch(action, { method: "POST", body, headers: { "X-Fragment": "1" } }).then((r) => {
        if (r.status >= 500) throw r.status;
        if (!r.ok) { location.reload(); return ""; }
        return r.text();
      }).then((html) => {
        if (!html) return;
        last = "";
        take(html);
        if (action.endsWith("/step")) scrollTo(0, 0);
      }).catch(() => {
        if (Date.now() - since > 10000) { location.reload(); return; }
        const status = document.getElementById("status");
        if (status) status.textContent = live.dataset.late;
        setTimeout(tryOnce, 500);
      });
    };
    tryOnce();
  };

  // The line to the lead. A beat comes every two seconds; when none has come for
  // six, the machine at the other end is taken for dead and another one is asked.
  let source = null, heard = 0;
  const connect = () => {
    if (source) source.close();
    heard = Date.now();
    source = new EventSource("/live");
    source.addEventListener("now", (e) => { heard = Date.now(); take(JSON.parse(e.data)); });
    source.addEventListener("beat", () => { heard = Date.now(); });
    source.addEventListener("gone", () => { source.close(); location.replace("/seat"); });
  };
  connect();
  const watch = setInterval(() => {
    const now = document.getElementById("now");
    if (now && now.dataset.ended === "true") { clearInterval(watch); return; }
    if (Date.now() - heard > 6000) connect();
  }, 1000);
})();
