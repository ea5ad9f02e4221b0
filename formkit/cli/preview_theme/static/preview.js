// Loads the page again once the form files have changed.
const shown = document.querySelector("[data-preview-version]").dataset.previewVersion;

async function look() {
  try {
    const answer = await fetch("/version", { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== shown) {
      location.reload();
      return;
    }
  } catch {
    // The preview has been stopped; it may be started again.
  }
  setTimeout(look, 700);
}

setTimeout(look, 700);
