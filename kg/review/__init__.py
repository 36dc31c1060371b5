"""What people decide about statements, figures, roles and entities: kept, reversible, applied to what was found."""
