"""What serving language and video models costs, from first principles."""
