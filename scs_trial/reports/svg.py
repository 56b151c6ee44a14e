"""A small SVG writer: a few shapes, numbers in points with two decimals, text escaped."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

FONT = "Inter, 'Noto Sans Hebrew', 'Noto Sans Arabic'"


def number(value: float) -> str:
    """Return a coordinate with at most two decimals and no needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class SvgWriter:
    """Collects shapes and returns one document.

    Parameters
    ----------
    width, height
        Size in points; the user units are points too.
    """

    def __init__(self, width: float, height: float) -> None:
        self._size = (number(width), number(height))
        self._shapes: list[str] = []

    def _add(self, tag: str, **attributes: object) -> None:
        written = "".join(
            f" {name.rstrip('_').replace('_', '-')}="
            + quoteattr(number(value) if isinstance(value, (int, float)) else str(value))
            for name, value in attributes.items()
            if value is not None
        )
        self._shapes.append(f"<{tag}{written}/>")

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        stroke: str,
        width: float = 1.0,
        dash: str | None = None,
    ) -> None:
        """Draw a straight line, dashed where ``dash`` says how."""
        self._add(
            "line", x1=start[0], y1=start[1], x2=end[0], y2=end[1],
            stroke=stroke, stroke_width=width, stroke_dasharray=dash,
        )  # fmt: skip

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        *,
        fill: str,
        opacity: float | None = None,
        radius: float | None = None,
    ) -> None:
        """Draw a filled rectangle from its upper left corner."""
        self._add(
            "rect", x=corner[0], y=corner[1], width=size[0], height=size[1],
            rx=radius, fill=fill, fill_opacity=opacity,
        )  # fmt: skip

    def disc(
        self,
        centre: tuple[float, float],
        radius: float,
        *,
        fill: str,
        stroke: str | None = None,
        width: float | None = None,
        dash: str | None = None,
    ) -> None:
        """Draw a circle."""
        self._add(
            "circle", cx=centre[0], cy=centre[1], r=radius,
            fill=fill, stroke=stroke, stroke_width=width, stroke_dasharray=dash,
        )  # fmt: skip

    def shape(
        self,
        points: list[tuple[float, float]],
        *,
        fill: str,
        stroke: str | None = None,
        width: float | None = None,
    ) -> None:
        """Draw a closed polygon."""
        joined = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._add("polygon", points=joined, fill=fill, stroke=stroke, stroke_width=width)

    def hatch(self, corner: tuple[float, float], size: tuple[float, float], *, stroke: str) -> None:
        """Fill a rectangle with slanted lines, cut exactly at its edges."""
        (left, top), (width, height) = corner, size
        step = 5.0
        offset = -height + step
        while offset < width:
            low, high = max(offset, 0.0), min(offset + height, width)
            start = (left + low, top + height - (low - offset))
            end = (left + high, top + height - (high - offset))
            self.line(start, end, stroke=stroke, width=0.5)
            offset += step

    def text(
        self,
        place: tuple[float, float],
        words: str,
        *,
        size: float,
        fill: str,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write words on one line; ``place`` is the baseline at the anchor."""
        self._shapes.append(
            f'<text x="{number(place[0])}" y="{number(place[1])}" font-family="{FONT}"'
            f' font-size="{number(size)}" font-weight="{600 if bold else 400}"'
            f' text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
        )

    def document(self) -> str:
        """Return the finished document."""
        width, height = self._size
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
            f' viewBox="0 0 {width} {height}">'
        )
        return head + "".join(self._shapes) + "</svg>"
