// Gives the frames the heights of the examples in them, and the small ones their scale.
"use strict";

/// Follows the height of what a frame shows: its pictures may come late.
function follow(frame) {
  const content = frame.contentDocument;
  if (!content?.body || content.URL !== "about:srcdoc" || content === frame.followed) return;
  frame.followed = content;
  content.addEventListener("click", (event) => {
    if (event.target.closest?.("a, area")) event.preventDefault();
  });
  // An example as high as its frame plus a bit would grow for ever: it gets so many rounds.
  let rounds = 100;
  const measure = () => {
    if (--rounds < 0) return;
    // The body and not the root, which is as high as the frame.
    const height = Math.max(content.body.scrollHeight, content.body.offsetHeight);
    frame.parentElement.style.setProperty("--height", Math.min(Math.max(height, 1), 30000));
  };
  new ResizeObserver(measure).observe(content.body);
  measure();
}

for (const frame of document.querySelectorAll(".paper iframe")) {
  frame.addEventListener("load", () => follow(frame));
  follow(frame);
}

const thumbnails = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    target.style.setProperty("--scale", contentRect.width / 600);
  }
});
for (const preview of document.querySelectorAll(".preview")) thumbnails.observe(preview);
