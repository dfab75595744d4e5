"""Doubles of services, as HTTP servers on loopback: built from the documented flows, with faults at any request."""
