// What a story page tells the page around it, which a learning platform has opened (cmi5.js): the
// story that is open, and whether it has come to its end. That is all that leaves this page: its
// policy lets it connect to nothing, and only the page around it may connect to the platform.
(() => {
  "use strict";
  if (parent === window || !/^https?:$/.test(location.protocol)) return;
  let resume = () => {};
  addEventListener("message", (e) => {
    if (e.source !== parent || e.origin !== location.origin || !e.data) return;
    const was = resume;
    resume = () => {};
    was(e.data.place);
  });
  window.wayoutPlatform = {
    // begin opens the story that was open last, once the platform has said which.
    begin: (all, open) => { resume = (id) => { if (all.indexOf(id) >= 0) open(id); }; },
    // told is called when a page of a story was shown.
    told: (id, ended) => { parent.postMessage({ place: id, completed: ended }, location.origin); },
  };
})();
