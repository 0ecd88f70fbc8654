// Zoom and pan of the drawing. Without this file the drawing scrolls at its natural size and every link works.

const SMALLEST = 0.2;
const LARGEST = 4;
const STEP = 1.25;
// A drawing is not shrunk further than this when it opens: it scrolls instead of becoming unreadable. A frame beside
// other panels may allow less (`data-readable`).
const READABLE = 0.75;
const PIXELS_PER_MM = 96 / 25.4;

class ChartView {
  constructor(frame) {
    this.view = frame.querySelector(".chart-view");
    this.svg = frame.querySelector("svg.chart");
    this.tools = frame.querySelector(".chart-tools");
    this.output = frame.querySelector(".chart-tools__scale");
    if (!this.view || !this.svg || !this.tools) return;
    const box = this.svg.viewBox.baseVal;
    this.natural = { width: box.width * PIXELS_PER_MM, height: box.height * PIXELS_PER_MM };
    this.scale = 1;
    this.readable = Number(frame.dataset.readable) || READABLE;
    this.tools.hidden = false;
    this.listen();
    this.open();
  }

  get room() {
    const style = getComputedStyle(this.view);
    const across = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    const down = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const tallest = parseFloat(style.maxHeight) || this.view.clientHeight;
    return { width: this.view.clientWidth - across, height: tallest - down };
  }

  get whole() {
    const { width, height } = this.room;
    return Math.min(1, width / this.natural.width, height / this.natural.height);
  }

  // The whole drawing if it stays readable, otherwise its top, in the middle.
  open() {
    this.zoomTo(Math.max(this.whole, Math.min(1, this.readable)));
    this.view.scrollLeft = (this.view.scrollWidth - this.view.clientWidth) / 2;
  }

  // `point` (of the window) stays where it is; by default the middle of the view.
  zoomTo(wanted, point) {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const frame = this.view.getBoundingClientRect();
    const at = point ?? { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
    const before = this.svg.getBoundingClientRect();
    const share = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
    this.scale = scale;
    this.svg.setAttribute("width", this.natural.width * scale);
    this.svg.setAttribute("height", this.natural.height * scale);
    const after = this.svg.getBoundingClientRect();
    this.view.scrollLeft += after.left + share.x * after.width - at.x;
    this.view.scrollTop += after.top + share.y * after.height - at.y;
    this.output.textContent = `${Math.round(scale * 100)} %`;
    this.view.toggleAttribute("data-grab", this.overflows);
  }

  get overflows() {
    return this.view.scrollWidth > this.view.clientWidth + 1 || this.view.scrollHeight > this.view.clientHeight + 1;
  }

  listen() {
    this.tools.addEventListener("click", (event) => {
      const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (wanted === "in") this.zoomTo(this.scale * STEP);
      if (wanted === "out") this.zoomTo(this.scale / STEP);
      if (wanted === "fit") this.zoomTo(this.whole);
    });
    this.view.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "+" || event.key === "=") this.zoomTo(this.scale * STEP);
      else if (event.key === "-") this.zoomTo(this.scale / STEP);
      else if (event.key === "0") this.zoomTo(this.whole);
      else return;
      event.preventDefault();
    });
    this.view.addEventListener(
      "wheel",
      (event) => {
        // Pinching a touchpad is told as a wheel with Ctrl.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.zoomTo(this.scale * Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
      },
      { passive: false },
    );
    this.listenToMouse();
    this.listenToFingers();
  }

  // Dragging with the mouse; a press that moved is no click on a link.
  listenToMouse() {
    let start = null;
    let moved = false;
    this.view.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0 || !this.overflows) return;
      start = { x: event.clientX, y: event.clientY, left: this.view.scrollLeft, top: this.view.scrollTop };
      moved = false;
    });
    window.addEventListener("pointermove", (event) => {
      if (!start) return;
      const across = event.clientX - start.x;
      const down = event.clientY - start.y;
      moved ||= Math.hypot(across, down) > 4;
      if (!moved) return;
      this.view.setAttribute("data-grabbing", "");
      this.view.scrollLeft = start.left - across;
      this.view.scrollTop = start.top - down;
    });
    window.addEventListener("pointerup", () => {
      start = null;
      this.view.removeAttribute("data-grabbing");
    });
    this.view.addEventListener("dragstart", (event) => event.preventDefault());
    this.view.addEventListener(
      "click",
      (event) => {
        if (!moved) return;
        moved = false;
        event.preventDefault();
        event.stopPropagation();
      },
      true,
    );
  }

  // One finger scrolls, as everywhere; two zoom.
  listenToFingers() {
    const touched = (event) => [...event.touches].map((touch) => ({ x: touch.clientX, y: touch.clientY }));
    const apart = ([one, other]) => Math.hypot(one.x - other.x, one.y - other.y);
    let pinch = null;
    this.view.addEventListener("touchstart", (event) => {
      const fingers = touched(event);
      pinch = fingers.length === 2 ? { distance: apart(fingers), scale: this.scale } : null;
    }, { passive: true });
    this.view.addEventListener(
      "touchmove",
      (event) => {
        const fingers = touched(event);
        if (!pinch || fingers.length !== 2) return;
        event.preventDefault();
        const middle = { x: (fingers[0].x + fingers[1].x) / 2, y: (fingers[0].y + fingers[1].y) / 2 };
        this.zoomTo((pinch.scale * apart(fingers)) / pinch.distance, middle);
      },
      { passive: false },
    );
    this.view.addEventListener("touchend", () => (pinch = null));
  }
}

function prepare() {
  document.querySelectorAll("[data-chart]:not([data-ready])").forEach((frame) => {
    frame.dataset.ready = "";
    new ChartView(frame);
  });
}

prepare();
document.addEventListener("htmx:after:swap", prepare);
