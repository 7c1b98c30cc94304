"""Numbers as destinations have them."""


def number(value, types):
    """A number of a column of these types: an integer has 64 bits, and what is to be text is."""
    if 'integer' in types:
        value = int(value)
        if not -(2**63) <= value < 2**63:
            raise ValueError(
                f'{value} is no integer of 64 bits, as destinations have them: '
                'choose string as the type of the column in Mage, or leave it out'
            )
    return str(value) if 'string' in types else value
