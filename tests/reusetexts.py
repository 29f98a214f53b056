"""Texts written for the tests of this room."""

HARBOUR = """The harbour board voted late on Tuesday to close the eastern quay for repairs that may last until the spring.
Engineers found cracks in eleven of the forty pillars during an inspection in August, two more than the year before.
Ferries to the islands will leave from the fish market instead, and lorries are asked to keep to the ring road.
The works are expected to cost nine million crowns, a third of it paid by the county council.
Shopkeepers on the quay have asked for lower rents while the cranes stand before their windows.
A first part of the quay should open again by the end of March, if the ice allows."""

ORCHARD = """Apple growers in the northern valleys expect the smallest harvest in a decade after frost in the last week of April.
The cold came while most trees stood in full bloom, and few growers had enough water to spray their blossoms.
Cider makers have begun to ask for fruit from abroad, though prices there are rising as well.
The ministry promised loans to farms that lost more than half of their crop."""
