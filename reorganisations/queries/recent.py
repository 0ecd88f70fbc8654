"""What a process has just read and may be asked again: values only, each under a key that says all it comes from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Recent[K: Hashable, V]:
    """The last `size` values asked for."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: K, value: V) -> V:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def of(self, key: K, make: Callable[[], V]) -> V:
        """Made when it is not there: two threads may make it at once, and one of them keeps it."""
        found = self.get(key)
        return self.keep(key, make()) if found is None else found

    def forget(self) -> None:
        """For measurements."""
        with self._lock:
            self._values.clear()
