"""A master, by pymodbus 3.0: asked by lines as io.sluice.integration.peer.ModbusClient is, and answers the same."""
import sys
import time

from pymodbus.client import ModbusTcpClient
from pymodbus.exceptions import ModbusException

UNIT = 1
PATIENCE_SECONDS = 2
client = None


def connect(address, port):
    global client
    if client is not None:
        client.close()
    client = ModbusTcpClient(address, int(port), timeout=PATIENCE_SECONDS, retries=0, close_comm_on_error=True)
    return "connected" if client.connect() else "refused"


def read(space, first, count):
    ask = {"coil": client.read_coils, "discrete": client.read_discrete_inputs,
           "holding": client.read_holding_registers, "input": client.read_input_registers}[space]
    return ask(first, count, slave=UNIT)


def write(space, first, values):
    if space == "coil" and len(values) == 1:
        return client.write_coil(first, values[0] != 0, slave=UNIT)
    if space == "coil":
        return client.write_coils(first, [value != 0 for value in values], slave=UNIT)
    if len(values) == 1:
        return client.write_register(first, values[0], slave=UNIT)
    return client.write_registers(first, values, slave=UNIT)


def exchange(start, count, first, values):
    return client.readwrite_registers(read_address=start, read_count=count, write_address=first,
                                      write_registers=values, unit=UNIT)


def request(words):
    verb, rest = words[0], words[1:]
    if verb == "read":
        return read(rest[0], int(rest[1]), int(rest[2]))
    if verb == "write":
        return write(rest[0], int(rest[1]), [int(word) for word in rest[2:]])
    numbers = [int(word) for word in rest]
    if verb == "mask":
        return client.mask_write_register(address=numbers[0], and_mask=numbers[1], or_mask=numbers[2], unit=UNIT)
    if verb == "exchange":
        return exchange(numbers[0], numbers[1], numbers[2], numbers[3:])
    raise ValueError(verb)


def said(response, words):
    if response.isError():
        code = getattr(response, "exception_code", None)
        return f"exception {code}" if code else f"lost: {response}"
    if words[0] == "read" and words[1] in ("coil", "discrete"):
        return " ".join("1" if bit else "0" for bit in response.bits[:int(words[3])])
    if words[0] in ("read", "exchange"):
        return " ".join(str(value) for value in response.registers)
    return "done"


def answer(words):
    if words[0] == "connect":
        return connect(words[1], words[2])
    start = time.monotonic()
    try:
        return said(request(words), words)
    except (ModbusException, OSError) as problem:
        return f"lost after {int(1000 * (time.monotonic() - start))} ms: {problem}"


print("ready", flush=True)
for line in sys.stdin:
    print(answer(line.split()))
    print(".", flush=True)
