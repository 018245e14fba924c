"""Running the collection: parameters, plan, execution, publishing."""
