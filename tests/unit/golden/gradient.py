"""The objective, its gradient and one Gauss-Newton product of small networks, by automatic differentiation in double
precision: an outside yardstick for the gradient code, which shares nothing with it.

    python3 gradient.py > gradient.txt        (PyTorch 1.13 made the one that is kept)

The Gauss-Newton matrix is J'J, J the Jacobian of all the residuals whose halved sum of squares is the objective (and of
the activations, weighted by the slope of the rate, for the damping). All that goes in is rounded to single precision first, so that the test computes from
the same numbers."""
import torch

torch.manual_seed(2018)
torch.set_default_dtype(torch.float64)


def single(*shape, scale=1.0):
    return (scale * torch.randn(*shape)).float().double()


def case(name, units, inputs, outputs, trials, steps, nonlinearity, site, sd, l2, metabolic, damping, contraction):
    sizes = [units * units, units * inputs, units, outputs * units]
    scale = [1.2 / units**0.5, 0.5, 0.5, 0.5]
    parameter = torch.cat([single(n, scale=s) for n, s in zip(sizes, scale)])
    direction = single(sum(sizes))
    given = single(trials, steps, inputs)
    target = single(trials, steps, outputs)
    noise = single(trials, steps, units, scale=sd) if sd else torch.zeros(trials, steps, units)
    leak = float(torch.tensor(0.1, dtype=torch.float32))
    rate_of = {"tanh": torch.tanh, "rectified-tanh": lambda x: torch.relu(torch.tanh(x)), "relu": torch.relu}[nonlinearity]
    slope_of = {
        "tanh": lambda x: 1 - torch.tanh(x) ** 2,
        "rectified-tanh": lambda x: (x > 0) * (1 - torch.tanh(x) ** 2),
        "relu": lambda x: (x > 0) * torch.ones_like(x),
    }[nonlinearity]

    def run(p):
        """Activations, rates and outputs, all (trials, steps, ...): Eqs. 1 and 2."""
        rec, win, bias, out = torch.split(p, sizes)
        rec, win, out = rec.view(units, units), win.view(units, inputs), out.view(outputs, units)
        x, rate = torch.zeros(trials, units), torch.zeros(trials, units)
        xs, rates = [], []
        for t in range(steps):
            drive = rate @ rec.T + given[:, t] @ win.T + bias
            if site == "drive":
                drive = drive + noise[:, t]
            x = (1 - leak) * x + leak * drive
            rate = rate_of(x)
            if site == "rate":
                rate = rate + noise[:, t]
            xs.append(x)
            rates.append(rate)
        xs, rates = torch.stack(xs, 1), torch.stack(rates, 1)
        return xs, rates, rates @ out.T

    samples = trials * steps
    count = units * inputs + outputs * units

    def residuals(p, with_damping):
        xs, rates, y = run(p)
        rec, win, bias, out = torch.split(p, sizes)
        jacobian = slope_of(xs)[..., None] * rec.view(units, units)  # D W_rec, (trials, steps, N, N)
        parts = [
            (y - target) * (1 / (samples * outputs)) ** 0.5,
            rates * (2 * metabolic / (samples * units)) ** 0.5,
            jacobian * (2 * contraction / (samples * units)) ** 0.5,
            torch.cat([win, out]) * (2 * l2 / count) ** 0.5,
        ]
        if with_damping:
            # Structural damping (Martens & Sutskever 2011): changes of x, as far as they change the rates.
            parts.append(xs * (damping / (samples * units) * slope_of(xs).detach()) ** 0.5)
        return torch.cat([part.reshape(-1) for part in parts])

    at = parameter.clone().requires_grad_(True)
    objective = (residuals(at, False) ** 2).sum() / 2
    (gradient,) = torch.autograd.grad(objective, at)
    J = torch.autograd.functional.jacobian(lambda p: residuals(p, True), parameter)
    product = J.T @ (J @ direction)

    print(f"case {name} units {units} inputs {inputs} outputs {outputs} trials {trials} steps {steps}", end=" ")
    print(f"nonlinearity {nonlinearity} noise {site if sd else 'none'} l2 {l2} metabolic {metabolic}", end=" ")
    print(f"damping {damping} contraction {contraction}")
    print(f"objective {objective.item():.17g}")
    for what, value, digits in [
        ("parameter", parameter, 9),
        ("direction", direction, 9),
        ("input", given, 9),
        ("target", target, 9),
        ("noise", noise, 9),
        ("gradient", gradient, 17),
        ("product", product, 17),
    ]:
        print(what, " ".join(f"{x:.{digits}g}" for x in value.reshape(-1).tolist()))


case("rate-noise", 5, 2, 2, 3, 6, "tanh", "rate", 0.3, 0.5, 0.7, 2.0, 0.0)
case("drive-noise", 4, 3, 2, 4, 5, "tanh", "drive", 0.5, 0.3, 0.2, 0.5, 0.4)
case("relu", 5, 2, 2, 4, 6, "relu", "rate", 0.2, 0.5, 0.1, 1.0, 0.0)
case("contraction", 6, 2, 5, 2, 7, "rectified-tanh", "rate", 0.1, 0.2, 0.3, 1.5, 0.6)
