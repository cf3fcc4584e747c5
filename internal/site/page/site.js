// The script of an exported course. It loads the engine, sends it what is pressed, and puts on
// the page what comes back; what happens in a story is decided in the engine alone. It sends
// nothing to anyone, and stores nothing unless someone says so.
//
// Everything is loaded by script tags: a page that was opened from a folder may not fetch.
(() => {
  "use strict";
  let leaving = false, engine = null, opening = null, playing = "";
  const live = () => document.getElementById("live");
  const words = (name) => document.body.getAttribute("data-" + name);

  // Leaving: the screen is empty first, then an empty page takes the place of this one.
  const blank = () => {
    document.title = "";
    if (document.body) document.body.textContent = "";
  };
  const up = () => { const l = document.getElementById("leave"); return l ? l.href : "away.html"; };
  const leave = () => {
    if (leaving) return;
    leaving = true;
    const to = up();
    try { blank(); } finally { location.replace(to); }
  };
  addEventListener("pagehide", () => { leaving = true; blank(); });
  wayoutPage.leavesBy(leave);

  // The files, each a script that hands over its bytes by name.
  const files = {}, waiting = {};
  window.wayoutFile = (name, base64) => {
    const text = atob(base64), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    files[name] = bytes;
  };
  const load = (name) => {
    if (!waiting[name]) waiting[name] = new Promise((done, failed) => {
      const s = document.createElement("script");
      s.src = encodeURIComponent(name) + ".js";
      s.onload = () => { s.remove(); done(files[name]); };
      s.onerror = () => { s.remove(); delete waiting[name]; failed(new Error(name)); };
      document.head.appendChild(s);
    });
    return waiting[name];
  };
  const unzip = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const able = () => !!(window.WebAssembly && window.DecompressionStream && window.Promise && window.Intl && Intl.PluralRules);

  const checked = (it) => { if (it.error) throw new Error(it.error); return it; };
  const start = () => {
    if (!opening) {
      opening = Promise.all([load("course"), load("engine"), load("go")]).then((got) => Promise.all([unzip(got[0]), unzip(got[1])])).then((got) => {
        const go = new Go();
        const ready = new Promise((done) => { window.wayoutReady = done; });
        delete files.engine;
        return WebAssembly.instantiate(got[1], go.importObject).then((it) => { go.run(it.instance); return ready; }).then(() => {
          checked(window.wayout.open(new Uint8Array(got[0]), kept(), installs));
          engine = window.wayout;
        });
      });
      opening.catch(() => { opening = null; });
    }
    return opening;
  };
  // What hears typed lines is loaded once a story is open; until it's there, a line can be
  // passed by.
  let hears = null;
  const listen = () => {
    if (!hears) {
      hears = load("ears").then(() => load("frames")).then(() => { checked(engine.hears(files.frames, files.ears)); });
      hears.catch(() => { hears = null; });
    }
    return hears;
  };

  // What the learner has asked to be kept, in this browser only.
  const key = "wayout", installs = /^https?:$/.test(location.protocol) && "serviceWorker" in navigator;
  const kept = () => { try { return localStorage.getItem(key) || ""; } catch (e) { return ""; } };
  const save = () => {
    try { localStorage.setItem(key, engine.record()); return true; } catch (e) { return false; }
  };
  const forget = () => {
    try { localStorage.removeItem(key); } catch (e) { /* Then nothing was kept. */ }
    if (!installs) return;
    navigator.serviceWorker.getRegistrations().then((all) => all.forEach((r) => r.unregister())).catch(() => {});
    caches.keys().then((all) => all.filter((n) => n.indexOf("wayout-") === 0).forEach((n) => caches.delete(n))).catch(() => {});
  };
  const keep = (name) => {
    if (name === "export") {
      const a = document.createElement("a");
      a.href = URL.createObjectURL(new Blob([engine.record()], { type: "text/plain" }));
      a.download = "progress";
      a.click();
      URL.revokeObjectURL(a.href);
      return;
    }
    if (name === "offline") {
      navigator.serviceWorker.register("sw.js").then(() => navigator.serviceWorker.ready).then(() => { if (!playing) show(engine.keep("offline", ""), false); }).catch(() => {});
      return;
    }
    if (name === "erase") forget();
    show(engine.keep(name, ""), false);
    if (name === "keep" && !save()) show(engine.keep("unkept", ""), false);
    const at = document.querySelector("#keeping summary");
    if (at) at.focus();
  };
  document.addEventListener("change", (e) => {
    if (e.target.id !== "import" || !e.target.files.length || !engine) return;
    e.target.files[0].text().then((text) => { show(engine.keep("import", text), false); });
  });

  const show = (it, top) => {
    if (leaving) return;
    if (it.keeps) save();
    if (it.lesson && window.wayoutPlatform) window.wayoutPlatform.told(it.lesson, it.ended);
    live().innerHTML = checked(it).html;
    readied();
    wayoutPage.focusNow();
    if (top) scrollTo(0, 0);
  };
  const say = (text, id) => {
    live().textContent = "";
    const p = document.createElement("p");
    p.setAttribute("role", "status");
    p.textContent = text;
    live().appendChild(p);
    if (!id) return;
    const a = document.createElement("a");
    a.className = "button";
    a.href = "paper/" + encodeURIComponent(id) + ".html";
    a.textContent = words("read");
    live().appendChild(a);
    a.focus();
  };
  const seed = () => crypto.getRandomValues(new Uint32Array(1))[0] % 1000000;
  const play = (id) => {
    if (!able()) { say(words("old"), id); return; }
    playing = id;
    if (!engine) say(words("opening"));
    Promise.all([start(), load("lesson-" + id)]).then((got) => unzip(got[1])).then((lesson) => {
      if (playing !== id || leaving) return;
      show(engine.play(new Uint8Array(lesson), seed()), true);
      listen().then(again, () => {});
    }).catch((e) => { console.error(e); if (!leaving) say(words("broken"), id); });
  };
  // What is played without a lesson is one more file, which is loaded once it's asked for.
  let shorts = null;
  const open = (name, of) => {
    const id = name + "/" + of;
    playing = id;
    if (!engine) say(words("opening"));
    if (!shorts) {
      shorts = Promise.all([start(), load("short")]).then((got) => unzip(got[1])).then((all) => { checked(engine.short(new Uint8Array(all))); });
      shorts.catch(() => { shorts = null; });
    }
    shorts.then(() => {
      if (playing !== id || leaving) return;
      show(engine.begin(name, of, seed()), true);
      if (name !== "fineoroff") listen().then(again, () => {}); // Nothing is typed there.
    }).catch((e) => { console.error(e); if (!leaving) say(words("missing")); });
  };
  // A page that asks for a line is drawn once more when it can be heard, unless someone has
  // begun to do something there.
  const again = () => {
    const form = document.querySelector("form[data-do]");
    if (!leaving && form && form.querySelector("[name=skip]") && !document.getElementById("say")) show(engine.show("back", ""), false);
  };

  document.addEventListener("click", (e) => {
    const a = e.target.closest ? e.target.closest("a") : null;
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
    if (a.id === "leave") { e.preventDefault(); leave(); return; }
    const id = a.getAttribute("data-play"), page = a.getAttribute("data-show");
    if (id) { e.preventDefault(); play(id); return; }
    if (a.hasAttribute("data-open")) { e.preventDefault(); open(a.getAttribute("data-open"), a.getAttribute("data-of") || ""); return; }
    if (!page || !engine) return;
    e.preventDefault();
    if (page === "home") playing = "";
    show(engine.show(page, a.getAttribute("data-in") || ""), true);
  });
  document.addEventListener("submit", (e) => {
    e.preventDefault();
    const form = e.target, button = wayoutPage.sentBy(e);
    if (engine && form.hasAttribute("data-keep") && button) keep(button.name);
    if (!engine || !form.hasAttribute("data-do")) return;
    const pairs = [];
    new FormData(form).forEach((v, k) => { pairs.push([k, String(v)]); });
    if (button && button.name) pairs.push([button.name, button.value]);
    else if (document.getElementById("say")) pairs.push(["line", "1"]);
    show(engine.act(pairs), true);
  });

  // The first page, once the engine knows what was done, unless someone is somewhere on it.
  const untouched = () => !leaving && !playing && (document.activeElement === document.body || !document.activeElement);
  const refresh = () => {
    if (untouched()) {
      live().innerHTML = checked(engine.show("home", "")).html;
      readied();
    }
  };
  const readied = () => {
    const hint = document.getElementById("noscript");
    if (hint) hint.hidden = true;
    document.querySelectorAll("[data-able]").forEach((e) => { e.hidden = !able(); });
  };
  document.addEventListener("DOMContentLoaded", () => {
    const hint = document.getElementById("leavehint");
    if (hint) hint.textContent = hint.getAttribute("data-script");
    readied();
    if (!document.querySelector("[data-play]") || !able()) return;
    if (installs) {
      const l = document.createElement("link");
      l.rel = "manifest";
      l.href = "manifest.webmanifest";
      document.head.appendChild(l);
    }
    const stories = Array.from(document.querySelectorAll(".story[data-play]")).map((a) => a.getAttribute("data-play"));
    // A platform may take a while to say which story was open. It's too late for that once someone
    // has gone anywhere, to help first of all.
    if (window.wayoutPlatform) window.wayoutPlatform.begin(stories, (id) => { if (untouched()) play(id); });
    if (!playing) setTimeout(() => { start().then(refresh).catch(() => {}); }, 0);
  });
})();
