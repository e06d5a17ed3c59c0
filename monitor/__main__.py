"""``python -m monitor`` is the command ``nianshao``."""

from monitor.cli import main

main()
